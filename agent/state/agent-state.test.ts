import { appendFile, chmod, type FileHandle, mkdir, open, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openKeys } from '#agent/keys/keys.ts'
import { testAgent } from '#agent/testing/test-agent.ts'
import { testFolder } from '#agent/testing/test-folder.ts'
import { AgentState } from './agent-state.ts'
import { mostNonces, NonceJournal } from './nonce-journal.ts'
import { prepareStateFolder } from './state-folder.ts'

// A busy machine makes keys slowly.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const damage: [string, (folder: string) => Promise<void>, RegExp][] = [
  ['an enrolment cut short', (folder) => cutShort(join(folder, 'enrolment.json')), /enrolment\.json is damaged/],
  ['an empty enrolment', (folder) => writeFile(join(folder, 'enrolment.json'), ''), /enrolment\.json is damaged/],
  ['a nonce journal that is gone', (folder) => unlink(join(folder, 'nonces.log')), /nonces\.log is gone/],
  ['a damaged nonce journal', (folder) => appendFile(join(folder, 'nonces.log'), 'x\n'), /nonces\.log is damaged/],
  ['an identity that is gone', (folder) => unlink(join(folder, 'identity.key')), /identity\.key is gone/],
  ['a damaged identity', (folder) => cutShort(join(folder, 'identity.key')), /identity\.key is damaged/],
  ['a certificate that is gone', (folder) => unlink(join(folder, 'tls.pem')), /tls\.pem is gone/],
  ['a damaged certificate', (folder) => cutShort(join(folder, 'tls.pem')), /tls\.pem is damaged/],
]

test.each(damage)('%s stops the agent with a sentence', async (_name, harm, sentence) => {
  await using agent = await testAgent()
  await harm(agent.folder)
  const open = async () => {
    const { agentId } = await openKeys(agent.folder, 'pg-1')
    await AgentState.open(agent.folder, { agentId, nowSeconds: 0 })
  }
  await expect(open()).rejects.toThrow(sentence)
  await expect(open()).rejects.toThrow(/enrol this node anew/)
})

test('an enrolment of other keys stops the agent', async () => {
  await using agent = await testAgent()
  const agentId = '00000000-0000-8000-8000-000000000000'
  await expect(AgentState.open(agent.folder, { agentId, nowSeconds: 0 })).rejects.toThrow(/another key/)
})

test('a nonce whose line was not finished was never taken', async () => {
  await using node = await testFolder()
  const line = '100 AAAAAAAAAAAAAAAAAAAAAA\n'
  await writeFile(join(node.folder, 'nonces.log'), `${line}200 BBBB`)
  const journal = await NonceJournal.open(node.folder, { mustExist: true, nowSeconds: 100 })
  expect(journal.size).toBe(1)
  await journal.add('C'.repeat(22), { expires: 300, nowSeconds: 100 })
  await journal.close()
  expect(await readFile(join(node.folder, 'nonces.log'), 'utf8')).toBe(`${line}300 ${'C'.repeat(22)}\n`)
})

test('a line that a full disk tore does not damage the journal', async () => {
  await using node = await testFolder()
  const times = { expires: 100, nowSeconds: 100 }
  const journal = await NonceJournal.open(node.folder, { mustExist: false, nowSeconds: 100 })
  await journal.add('A'.repeat(22), times)
  await using tearing = await tornAppend(node.folder)
  await expect(journal.add('B'.repeat(22), times)).rejects.toThrow('ENOSPC')
  expect(tearing.append).toHaveBeenCalledOnce()
  await journal.add('C'.repeat(22), times)
  await journal.close()
  const again = await NonceJournal.open(node.folder, { mustExist: true, nowSeconds: 100 })
  expect(['A', 'B', 'C'].map((letter) => again.has(letter.repeat(22)))).toEqual([true, false, true])
  await again.close()
})

test('a full journal has room again once its nonces have expired', async () => {
  await using node = await testFolder()
  const nonces = Array.from({ length: mostNonces }, (_, n) => `60 ${String(n).padStart(22, 'A')}\n`)
  await writeFile(join(node.folder, 'nonces.log'), nonces.join(''))
  const journal = await NonceJournal.open(node.folder, { mustExist: true, nowSeconds: 0 })
  expect(journal.isFull(60)).toBe(true)
  expect(journal.isFull(1_000)).toBe(false)
  expect(journal.size).toBe(0)
  await journal.close()
})

test('opening a journal leaves the file of a process that writes it in its place', async () => {
  await using node = await testFolder()
  const setting = { mustExist: false, nowSeconds: 100 }
  const serving = await NonceJournal.open(node.folder, setting)
  const other = await NonceJournal.open(node.folder, setting)
  await other.close()
  await serving.add('A'.repeat(22), { expires: 100, nowSeconds: 100 })
  await serving.close()
  const again = await NonceJournal.open(node.folder, setting)
  expect(again.has('A'.repeat(22))).toBe(true)
  await again.close()
})

test('the nonce journal stays small: what expired long ago is forgotten', async () => {
  await using node = await testFolder()
  const journal = await NonceJournal.open(node.folder, { mustExist: false, nowSeconds: 0 })
  const nonces = Array.from({ length: 9_000 }, (_, n) => String(n).padStart(22, 'A'))
  const half = nonces.length / 2
  await Promise.all(nonces.slice(0, half).map((nonce) => journal.add(nonce, { expires: 60, nowSeconds: 0 })))
  expect(journal.size).toBe(half)
  for (const nonce of nonces.slice(half, half + 3)) await journal.add(nonce, { expires: 1_060, nowSeconds: 1_000 })
  expect(journal.size).toBe(3)
  await journal.close()
  expect((await readFile(join(node.folder, 'nonces.log'), 'utf8')).split('\n')).toHaveLength(4)
  const again = await NonceJournal.open(node.folder, { mustExist: true, nowSeconds: 1_000 })
  expect(nonces.filter((nonce) => again.has(nonce))).toEqual(nonces.slice(half, half + 3))
  await again.close()
})

test('a folder that others can read is not used', async () => {
  await using node = await testFolder()
  await prepareStateFolder(node.folder)
  const open = join(node.folder, 'open')
  await mkdir(open)
  await chmod(open, 0o755)
  await expect(prepareStateFolder(open)).rejects.toThrow(/chmod 700/)
})

/** Lets the next append to a file write a part and fail, as on a full disk. */
async function tornAppend(folder: string) {
  const handle = await open(join(folder, 'any'), 'w')
  const prototype: FileHandle = Object.getPrototypeOf(handle)
  await handle.close()
  const append = vi.spyOn(prototype, 'appendFile').mockImplementationOnce(async function (this: FileHandle, text) {
    await this.write(String(text).slice(0, 10))
    throw new Error('ENOSPC')
  })
  return {
    append,
    [Symbol.asyncDispose]: async () => append.mockRestore(),
  }
}

async function cutShort(file: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.slice(0, text.length / 2))
}
