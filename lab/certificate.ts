import 'reflect-metadata'
import { writeFileSync } from 'node:fs'
import { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509'

/** A certificate that nobody signed but itself, for a server at an address; whoever is to trust it is given it as authority. */
export async function makeCertificate(given: { host: string; path: string; keyPath: string }): Promise<void> {
  const { host, path, keyPath } = given
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [host] }],
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2099-12-31T00:00:00Z'),
      signingAlgorithm: algorithm,
      keys,
      // As a name too: pgBackRest compares what it was told with names only.
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: 'dns', value: host },
          { type: 'ip', value: host },
        ]),
      ],
    },
    crypto,
  )
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  writeFileSync(keyPath, `${PemConverter.encode(key, 'PRIVATE KEY')}\n`, { mode: 0o600 })
  writeFileSync(path, `${certificate.toString('pem')}\n`, { mode: 0o644 })
}
