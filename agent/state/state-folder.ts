import { mkdir, stat } from 'node:fs/promises'

/** Makes sure that the agent's folder is there and nobody else's to read. */
export async function prepareStateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { mode, uid } = await stat(folder)
  if (uid !== process.getuid?.()) {
    throw new Error(`${folder} belongs to another user. Run the agent as its owner, or give the folder to this user.`)
  }
  if ((mode & 0o077) !== 0) throw new Error(`${folder} can be read by others. Run chmod 700 ${folder}.`)
}
