import 'reflect-metadata'
import { BasicConstraintsExtension, PemConverter, X509CertificateGenerator } from '@peculiar/x509'

/**
 * A new TLS key with a certificate that it signs itself. Nobody checks its names or dates: the console pins the key at
 * enrolment, so the certificate lasts as long as the key does.
 */
export async function makeCertificate(node: string): Promise<{ key: string; certificate: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [`matriarch-agent ${node}`] }],
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2099-12-31T00:00:00Z'),
      signingAlgorithm: algorithm,
      keys,
      extensions: [new BasicConstraintsExtension(false, undefined, true)],
    },
    crypto,
  )
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { key: `${PemConverter.encode(key, 'PRIVATE KEY')}\n`, certificate: `${certificate.toString('pem')}\n` }
}
