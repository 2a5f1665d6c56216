import { setReach } from '#server/adapters/reach/guard.ts'
import { usualNetworks } from '#server/adapters/reach/reach.ts'

// The servers that tests start are on this machine, which nobody reaches through the console unless it is named.
setReach({ networks: [...usualNetworks, '127.0.0.0/8', '::1'], own: [] })
