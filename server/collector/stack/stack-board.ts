import type { EtcdDetail } from '#domain/stack/etcd-detail.ts'
import type { HaproxyDetail } from '#domain/stack/haproxy-detail.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { PostgresDetail } from '#domain/stack/postgres-detail.ts'
import type { MemberStack, StackView } from '#domain/stack/stack-view.ts'
import type { RosterEntry } from '../roster.ts'
import { DeepSlot } from './deep-slot.ts'

/** The layers of one node. */
export interface MemberSlots {
  postgres: DeepSlot<PostgresDetail>
  pooler: DeepSlot<PoolerDetail>
}

/** All that the deep looks at one cluster have brought so far. */
export class StackBoard {
  readonly haproxy: DeepSlot<HaproxyDetail>
  readonly etcd: DeepSlot<EtcdDetail>
  readonly #before: StackView | null
  readonly #members = new Map<RosterEntry, MemberSlots>()

  /** `before`: the newest kept view. */
  constructor(before: StackView | null) {
    this.#before = before
    this.haproxy = new DeepSlot(() => before?.haproxy ?? null)
    this.etcd = new DeepSlot(() => before?.etcd ?? null)
  }

  addMember(entry: RosterEntry): MemberSlots {
    const slots: MemberSlots = {
      postgres: new DeepSlot(() => this.#knownOf(entry)?.postgres ?? null),
      pooler: new DeepSlot(() => this.#knownOf(entry)?.pooler ?? null),
    }
    this.#members.set(entry, slots)
    return slots
  }

  removeMember(entry: RosterEntry): void {
    this.#members.delete(entry)
  }

  /** Everything as it is known now. */
  view(now: Date): StackView {
    const members = new Map<string, MemberStack>()
    for (const [{ name }, { postgres, pooler }] of this.#members) {
      // Until both addresses of a member are known to be its own, it stands here twice.
      if (!members.has(name)) members.set(name, { name, postgres: postgres.looked(), pooler: pooler.looked() })
    }
    return {
      takenAt: now,
      members: [...members.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      haproxy: this.haproxy.looked(),
      etcd: this.etcd.looked(),
    }
  }

  #knownOf({ name }: RosterEntry): MemberStack | undefined {
    return this.#before?.members.find((member) => member.name === name)
  }
}
