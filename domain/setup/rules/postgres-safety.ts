import { parameterFix } from '#domain/setup/fix.ts'
import { settingRule } from '#domain/setup/setting-rule.ts'
import { settingAmount } from '#domain/setup/settings.ts'
import { secondsWorth } from '#domain/setup/worth.ts'

const checksumsFix = {
  where:
    'in patronictl pause, with Postgres stopped: on one replica after the other, then on the leader after a switchover',
  paste: 'pg_checksums --enable --progress -D "$PGDATA"',
}

/** Settings of Postgres without which data is lost or damaged. */
export const postgresSafetyRules = [
  settingRule({
    rule: 'postgres-fsync',
    title: 'What is written is written to disk',
    setting: 'fsync',
    severity: 'critical',
    isFine: ({ value }) => value !== 'off',
    wrong: 'nothing waits for the disk',
    risk: 'When a machine loses power, its data is damaged beyond repair, and damage may go unnoticed.',
    worstCase: 'All data of the member; where it leads, everything since the newest backup and its WAL.',
    fix: parameterFix('fsync', 'on'),
  }),
  settingRule({
    rule: 'postgres-full-page-writes',
    title: 'Torn pages can be repaired from WAL',
    setting: 'full_page_writes',
    severity: 'critical',
    isFine: ({ value }) => value !== 'off',
    wrong: 'a page that was half written when the machine stopped cannot be repaired',
    risk: 'A crash of the machine may damage tables and indexes; pg_rewind and online backups are not safe either.',
    worstCase: 'All data in damaged pages, up to the newest backup.',
    fix: parameterFix('full_page_writes', 'on'),
  }),
  settingRule({
    rule: 'postgres-data-checksums',
    title: 'Pages have checksums',
    setting: 'data_checksums',
    severity: 'warning',
    isFine: ({ value }) => value === 'on',
    wrong: 'a damaged page is not noticed',
    risk: 'What a failing disk damages is read as if it were right, copied to replicas by rebuilds, and kept by backups until the good ones have expired.',
    worstCase: 'Rows on damaged pages, for as far back as backups reach.',
    fix: checksumsFix,
  }),
  settingRule({
    rule: 'postgres-autovacuum',
    title: 'Autovacuum is on',
    setting: 'autovacuum',
    severity: 'critical',
    isFine: ({ value }) => value !== 'off',
    wrong: 'tables are not cleaned up',
    risk: 'Tables bloat, plans go wrong, and in the end transaction ids run out.',
    worstCase: 'No writes until a vacuum of the whole database is through: hours to days.',
    fix: parameterFix('autovacuum', 'on'),
  }),
  settingRule({
    rule: 'postgres-synchronous-commit',
    title: 'A commit that is confirmed is on disk',
    setting: 'synchronous_commit',
    severity: 'warning',
    isFine: ({ value }, { snapshot }) => {
      const isSynchronous = (snapshot?.config?.synchronousMode ?? false) !== false
      return isSynchronous ? value !== 'off' && value !== 'local' : value !== 'off'
    },
    wrong: 'commits are confirmed before they are safe',
    risk: 'Clients are told that a transaction is kept which a crash takes back. In synchronous mode the standby is not waited for either, so the mode is of no use.',
    worstCase: ({ snapshot }) =>
      (snapshot?.config?.synchronousMode ?? false) === false
        ? `Up to ${secondsWorth(0.6, snapshot)} at a crash.`
        : 'Everything that the standby has not received when the leader fails.',
    fix: parameterFix('synchronous_commit', 'on'),
  }),
  settingRule({
    rule: 'postgres-wal-level',
    title: 'WAL is enough for replicas and backups',
    setting: 'wal_level',
    severity: 'critical',
    isFine: ({ value }) => value !== 'minimal',
    wrong: 'it holds too little to follow or to restore from',
    risk: 'Neither replicas nor online backups work.',
    worstCase: 'Everything since the last backup that was taken while Postgres was stopped.',
    fix: parameterFix('wal_level', 'replica', 'restart'),
  }),
  settingRule({
    rule: 'postgres-hot-standby',
    title: 'Replicas answer queries',
    setting: 'hot_standby',
    severity: 'warning',
    isFine: ({ value }) => value !== 'off',
    wrong: 'it answers nobody while it follows',
    risk: 'Patroni cannot ask a replica how far it is, and reads cannot be sent there.',
    worstCase: 'A replica that cannot be judged may not take over: no leader until somebody acts.',
    fix: parameterFix('hot_standby', 'on', 'restart'),
  }),
  settingRule({
    rule: 'postgres-replay-delay',
    title: 'Queries on a replica do not hold up its replay for ever',
    setting: 'max_standby_streaming_delay',
    severity: 'warning',
    isFine: (setting) => (settingAmount(setting) ?? 0) >= 0,
    wrong: 'a query may stop replay without end',
    risk: 'A replica that is to take over must first replay all it has received; a long report makes that wait.',
    worstCase: 'No writes for as long as the replica has been held up, hours for example.',
    fix: parameterFix('max_standby_streaming_delay', '30s'),
  }),
]
