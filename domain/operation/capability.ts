/** What a person may do with a cluster now; a disabled act carries its reason. */
export interface Capability {
  act: 'switchover' | 'failover' | 'schedule-switchover' | 'cancel-scheduled-switchover'
  label: string
  isEnabled: boolean
  reason: string | null
}
