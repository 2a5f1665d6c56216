import { join } from 'node:path'
import { address } from './addresses.ts'
import { makeCertificate } from './certificate.ts'
import { labHome } from './paths.ts'

/** pgBackRest speaks to S3 over TLS only, and is given this certificate as the authority it trusts. */
export const s3Certificate = {
  path: () => join(labHome(), 's3.crt'),
  keyPath: () => join(labHome(), 's3.key'),
}

export async function makeS3Certificate(): Promise<void> {
  await makeCertificate({ host: address.s3, path: s3Certificate.path(), keyPath: s3Certificate.keyPath() })
}
