// An S3 server over TLS with one bucket; the objects are files in a folder.
import { mkdirSync, readFileSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import S3rver from 's3rver'

const { S3_ADDRESS, S3_PORT, S3_BUCKET, S3_FOLDER, S3_CERTIFICATE, S3_KEY } = process.env

mkdirSync(S3_FOLDER, { recursive: true })
const server = new S3rver({
  address: S3_ADDRESS,
  port: Number(S3_PORT),
  cert: readFileSync(S3_CERTIFICATE),
  key: readFileSync(S3_KEY),
  directory: S3_FOLDER,
  configureBuckets: [{ name: S3_BUCKET }],
  vhostBuckets: false,
  silent: true,
})

// s3rver also removes folders that have become empty, where two deletes or a delete and a write trip over each other.
server.store.deleteObject = async (bucket, key) => {
  for (const part of ['object', 'object.md5', 'metadata.json']) {
    await unlink(server.store.getResourcePath(bucket, key, part)).catch((error) => {
      if (error.code !== 'ENOENT') throw error
    })
  }
}

await server.run()
console.log(`${new Date().toISOString()} serving ${S3_BUCKET} at https://${S3_ADDRESS}:${S3_PORT}`)
