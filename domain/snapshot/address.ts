/** The part of a REST address that tells machines apart: host and port in lower case. */
export function hostAndPort(apiUrl: string): string {
  return apiUrl
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/\/.*$/, '')
}

/** True when a name is no name but the address that is asked. */
export function isAddressOf(name: string, apiUrl: string): boolean {
  return hostAndPort(name) === hostAndPort(apiUrl)
}
