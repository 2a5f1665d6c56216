// Loaded into a process before its own code: whoever started it and was killed cannot stop it any more.
const end = () => {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.exit(1), 20_000).unref()
}
process.once('disconnect', end)
// It may have ended before this was loaded; without a channel there is nobody to wait for.
if (process.connected === false) end()
// The channel tells of the parent's end alone and must not keep the process alive.
process.channel?.unref()
