// Loaded into web and worker before their own code: a supervisor that was killed cannot stop them any more.
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.exit(1), 10_000).unref()
})
// The channel tells of the parent's end alone and must not keep the process alive.
process.channel?.unref()
