/** Server settings of the embedded store: the loopback address only, a modest footprint, nothing unsafe. */
export function settings(port: number): [string, string][] {
  return [
    ['listen_addresses', '127.0.0.1'],
    ['port', String(port)],
    ['unix_socket_directories', ''],
    ['max_connections', '100'],
    ['shared_buffers', '64MB'],
    ['work_mem', '4MB'],
    ['maintenance_work_mem', '32MB'],
    ['max_wal_size', '256MB'],
    ['wal_level', 'minimal'],
    ['max_wal_senders', '0'],
    ['io_method', 'sync'],
    ['jit', 'off'],
    ['password_encryption', 'scram-sha-256'],
    ['timezone', 'UTC'],
    ['log_timezone', 'UTC'],
    ['lc_messages', 'C'],
    ['tcp_keepalives_idle', '30'],
  ]
}
