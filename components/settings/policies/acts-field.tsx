'use client'

import { CheckBox } from '#components/ui/check-box.tsx'
import { type PolicyAct, policyActs, policyActWords } from '#domain/approvals/policy-act.ts'
import { capital } from '#domain/words.ts'

/** Which acts a policy governs. */
export function ActsField({ acts, onChange }: { acts: readonly PolicyAct[]; onChange: (acts: PolicyAct[]) => void }) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="pb-1 font-medium">Acts</legend>
      {policyActs.map((act) => (
        <CheckBox
          key={act}
          label={capital(policyActWords[act])}
          isChecked={acts.includes(act)}
          onChange={(isChecked) =>
            onChange(policyActs.filter((each) => (each === act ? isChecked : acts.includes(each))))
          }
        />
      ))}
    </fieldset>
  )
}
