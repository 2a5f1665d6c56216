import { fileURLToPath } from 'node:url'
import { address, ports } from './addresses.ts'
import { dataFolder } from './paths.ts'
import type { Server } from './processes.ts'
import { s3Certificate } from './s3-certificate.ts'

export const bucket = 'lab-backups'

/** An object store for the backups, with its objects in the lab's folder. */
export function s3Server(): Server {
  return {
    host: 's3',
    name: 's3',
    // The checkout, where the s3rver module is, need not be readable for anybody else.
    user: 'root',
    command: [process.execPath, '--max-old-space-size=96', fileURLToPath(new URL('s3.mjs', import.meta.url))],
    env: {
      S3_ADDRESS: address.s3,
      S3_PORT: `${ports.s3}`,
      S3_BUCKET: bucket,
      S3_FOLDER: dataFolder('s3'),
      S3_CERTIFICATE: s3Certificate.path(),
      S3_KEY: s3Certificate.keyPath(),
    },
  }
}
