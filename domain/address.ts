/** The part of a REST address that tells machines apart: host and port in lower case. */
export function hostAndPort(apiUrl: string): string {
  return apiUrl
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/\/.*$/, '')
}
