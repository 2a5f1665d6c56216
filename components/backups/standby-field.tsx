import { CheckBox } from '#components/ui/check-box.tsx'

interface StandbyFieldProps {
  isFromStandby: boolean
  onChange: (isFromStandby: boolean) => void
}

/** Whether the files of a backup are read from a replica, with what that asks for. */
export function StandbyField({ isFromStandby, onChange }: StandbyFieldProps) {
  return (
    <CheckBox
      label="Read from a replica"
      hint="Spares the leader, which then only begins and ends the backup. A replica has to follow, with an agent on its node."
      isChecked={isFromStandby}
      onChange={onChange}
    />
  )
}
