/** The address of a store of tests, to which a connection may take a minute: beside the cluster's tests they get little of the processor. */
export function patient(url: string): string {
  const patiently = new URL(url)
  patiently.searchParams.set('connect_timeout', '60')
  return patiently.href
}
