import 'reflect-metadata'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509'
import { address } from './addresses.ts'
import { labHome } from './paths.ts'

/** pgBackRest speaks to S3 over TLS only, and is given this certificate as the authority it trusts. */
export const s3Certificate = {
  path: () => join(labHome(), 's3.crt'),
  keyPath: () => join(labHome(), 's3.key'),
}

export async function makeS3Certificate(): Promise<void> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [address.s3] }],
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2099-12-31T00:00:00Z'),
      signingAlgorithm: algorithm,
      keys,
      // As a name too: pgBackRest compares what it was told with names only.
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: 'dns', value: address.s3 },
          { type: 'ip', value: address.s3 },
        ]),
      ],
    },
    crypto,
  )
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  writeFileSync(s3Certificate.keyPath(), `${PemConverter.encode(key, 'PRIVATE KEY')}\n`, { mode: 0o600 })
  writeFileSync(s3Certificate.path(), `${certificate.toString('pem')}\n`, { mode: 0o644 })
}
