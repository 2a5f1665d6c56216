import { randomUUID } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { buildAgent, writeProgram } from '#agent/testing/built-agent.ts'
import { Canaries } from '#tools/testing/canaries.ts'
import { makeVerbs } from './make-verbs.ts'

const s3Key = 'key of the S3 repository'
const s3Secret = 'secret of the S3 repository'
const passphrase = 'passphrase of the repository'
const superuser = 'password of the superuser'

test(
  'what opens the repositories stays on the node, however its programs tell of it',
  { timeout: 120_000 },
  async () => {
    const canaries = new Canaries()
    const [key, secret, pass, password] = [s3Key, s3Secret, passphrase, superuser].map((each) => canaries.of(each))
    await using agent = await buildAgent((config, folder) => ({
      ...config,
      postgres: { ...config.postgres, binFolder: folder },
      pgbackrest: { ...config.pgbackrest, configFile: join(folder, 'pgbackrest.conf') },
    }))
    const settings = `[global]
repo1-type=s3
repo1-path=/backup
repo1-s3-key=${key}
repo1-s3-key-secret = ${secret}
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=${pass}
`
    await writeFile(join(agent.folder, 'pgbackrest.conf'), settings)
    await writeFile(
      join(agent.folder, 'patroni.yml'),
      `postgresql:\n  authentication:\n    superuser: {username: postgres, password: ${password}}\n`,
    )
    const told = `cat >&2 <<'END'
ERROR: [039]: HTTP request failed with 403 (Forbidden): --repo1-s3-key=${key} --repo1-s3-key-secret=${secret} --repo1-cipher-pass=${pass}
*** Request Headers ***:
authorization: AWS4-HMAC-SHA256 Credential=${key}/20260301/eu/s3/aws4_request,SignedHeaders=host,Signature=abc
*** Response Content ***:
<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>${key}</AWSAccessKeyId><StringToSign>AWS4 ${secret}</StringToSign></Error>
PGBACKREST_REPO1_CIPHER_PASS=${pass} PGBACKREST_REPO1_S3_KEY_SECRET="${secret}" AWS_SECRET_ACCESS_KEY=${secret}
{"repo1-cipher-pass": "${pass}", "s3-key": "${key}"}
could not connect to postgres://postgres:${password}@localhost/x: password '${password}'
END`
    await writeProgram(join(agent.folder, 'pgbackrest'), `${told}\n${told.replace('>&2', '')}\nexit 39`)
    await writeProgram(join(agent.folder, 'postgres'), `${told}\nexit 1`)
    const logged: unknown[] = []
    const log = { info: (...words: unknown[]) => logged.push(words) }
    const verbs = await makeVerbs(agent.config, log, { program: agent.program })
    const operation = randomUUID()
    const bound = (step: string) => ({ audience: 'a', operation, step, epoch: 1, planHash: null })
    const answers: [string, string][] = []
    type Asked = Parameters<typeof verbs.perform>
    const ask = async (name: Asked[0], args: Asked[1]) => {
      const answer = await verbs.perform(name, args, bound(name)).catch((error: unknown) => String(error))
      answers.push([name, JSON.stringify(answer)])
      return JSON.stringify(answer)
    }
    try {
      expect(await ask('facts', {})).toContain('repo1-s3-key=[hidden]')
      await ask('pgbackrest-info', { stanza: 'demo', output: 'text' })
      await ask('pgbackrest-info', { stanza: 'demo' })
      await ask('pgbackrest-repo-ls', { stanza: 'demo', repository: 1, archiveId: null, folder: null })
      await ask('pgbackrest-history', { stanza: 'demo', repository: 1, archiveId: '15-1', timeline: '0000000A' })
      await ask('pgbackrest-check', { stanza: 'demo' })
      let state = ''
      for (let tries = 0; tries < 300 && !/"state":"failed"/.test(state); tries++) {
        await sleep(100)
        state = JSON.stringify(
          await verbs.perform('job-state', { operation, step: 'pgbackrest-check', from: 0 }, bound('look')),
        )
      }
      expect(state).toContain('HTTP request failed')
      answers.push(['job-state', state])
    } finally {
      await verbs.close()
    }
    for (const path of await filesIn(agent.config.stateFolder)) answers.push([path, await readFile(path, 'utf8')])
    answers.push(['the log', JSON.stringify(logged)])
    const found = answers.flatMap(([what, text]) => canaries.foundIn(text).map((each) => `${what}: ${each}`))
    expect([...new Set(found)]).toEqual([])
  },
)

async function filesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true }).catch(() => [])
  const paths = all.map((name) => join(folder, name))
  const kinds = await Promise.all(paths.map((path) => stat(path)))
  return paths.filter((_, n) => kinds[n]?.isFile() === true)
}
