/** What a recovery of Postgres 15 is started with; it is let in by localhost and a socket, without TLS. */
export const recoveryStart = {
  port: 5999,
  majorVersion: 15,
  configFile: '/srv/x/data/postgresql.conf',
  wayIn: { address: null, socketFolders: ['/srv/x'], keepsTls: false },
  least: { max_connections: 150 },
}
