/** What the common errors of pgBackRest mean and what to do, by code; the others are told in its own words. */
export const errorAdvice: ReadonlyMap<number, { sentence: string | null; advice: string }> = new Map([
  [26, { sentence: null, advice: 'A file is not what was stored: run verify, and take a new full backup.' }],
  [27, { sentence: null, advice: 'Correct the configuration of pgBackRest on that machine.' }],
  [
    29,
    {
      sentence: null,
      advice: 'A file or value has not the expected form; for backup.info that is often a wrong cipher passphrase.',
    },
  ],
  [31, { sentence: null, advice: 'Compare the options with the version of pgBackRest that is installed there.' }],
  [32, { sentence: null, advice: 'Compare the options with the version of pgBackRest that is installed there.' }],
  [37, { sentence: null, advice: 'Add the missing option to the configuration of pgBackRest on that machine.' }],
  [
    38,
    {
      sentence: 'Postgres runs there, and nothing is restored over it.',
      advice: 'Stop Patroni and Postgres first. Do not remove postmaster.pid by hand.',
    },
  ],
  [39, { sentence: null, advice: 'Both sides must run the same version of pgBackRest: compare them.' }],
  [
    40,
    {
      sentence: 'The data directory is not empty, and nothing is restored over it.',
      advice: 'Move the old data aside, or restore with --delta.',
    },
  ],
  [
    41,
    {
      sentence: null,
      advice: 'See who owns the file: pgBackRest must run as the owner of the repository, never as root.',
    },
  ],
  [
    44,
    {
      sentence: 'The WAL is that of another cluster than the stanza is for.',
      advice:
        'Compare the system identifiers. After pg_upgrade run stanza-upgrade; otherwise find out which cluster archives here.',
    },
  ],
  [
    45,
    {
      sentence: 'That WAL segment is already archived with other contents: two servers archive to one stanza.',
      advice: 'Look for a second primary or a restored copy that still archives, and stop it.',
    },
  ],
  [49, { sentence: null, advice: 'See whether the other machine is up and can be reached by SSH or TLS.' }],
  [
    51,
    {
      sentence: 'The stanza holds backups of another cluster than this one.',
      advice: 'Compare the system identifiers. After pg_upgrade run stanza-upgrade; never delete the stanza for this.',
    },
  ],
  [
    55,
    {
      sentence: null,
      advice:
        'For backup.info or archive.info: run stanza-create, if there never was a backup. Otherwise find out who removed it.',
    },
  ],
  [
    56,
    {
      sentence: null,
      advice: 'Run it where the leader can be reached; a replica with only itself in its configuration cannot back up.',
    },
  ],
  [57, { sentence: null, advice: 'Look at the Postgres log on the leader for the statement that failed.' }],
  [
    58,
    {
      sentence: null,
      advice: 'Compare cluster and stanza: the timeline, the version or the system identifier does not fit.',
    },
  ],
  [
    62,
    {
      sentence: 'pgBackRest was told to stop for this stanza on that machine.',
      advice: 'Find out why, then run pgbackrest start there. Until then no WAL is archived either.',
    },
  ],
  [63, { sentence: 'It was ended by a signal.', advice: 'Find out who ended it, and run it again.' }],
  [64, { sentence: null, advice: 'See whether the disk of the repository is full.' }],
  [
    68,
    {
      sentence: null,
      advice: "Set archive_command to 'pgbackrest --stanza=... archive-push %p' in Patroni's configuration.",
    },
  ],
  [73, { sentence: null, advice: 'See whether the path of the configuration exists and is mounted.' }],
  [75, { sentence: null, advice: 'Choose another backup, or a later moment.' }],
  [
    82,
    { sentence: null, advice: 'See whether archive_command works: its error is in the Postgres log on the leader.' },
  ],
  [87, { sentence: null, advice: 'Set archive_mode to on, which takes a restart of Postgres.' }],
  [
    95,
    {
      sentence: null,
      advice: 'Compare repo-cipher-type and repo-cipher-pass with those of the machine that takes the backups.',
    },
  ],
  [
    102,
    {
      sentence: null,
      advice: 'The command it runs on the other side failed: see whether pgBackRest is installed there.',
    },
  ],
  [103, { sentence: null, advice: 'See whether the machine reaches the repository, and whether the cipher is right.' }],
])
