-- What is sampled of whom; samples name it by a number to stay small.
create table sample_series (
  id int generated always as identity,
  cluster_id uuid not null references cluster (id) on delete cascade on update cascade,
  kind text not null,
  name text not null,
  constraint sample_series_pkey primary key (id),
  constraint sample_series_kind_known check (kind in ('member', 'cluster')),
  constraint sample_series_named check ((kind = 'cluster') = (name = ''))
);

create unique index sample_series_cluster_id_kind_name_key on sample_series (cluster_id, kind, name);

-- Column order leaves no hole between the columns. Partitions are made by the workers; a series that is gone leaves its samples to their end.
create table sample (
  at timestamptz(6) not null,
  series_id int not null,
  v real[] not null,
  constraint sample_pkey primary key (series_id, at)
) partition by range (at);

-- n samples in each; low and high only where they differ from the mean, counts only where values were missing.
create table sample_minute (
  at timestamptz(6) not null,
  series_id int not null,
  n smallint not null,
  mean real[] not null,
  low real[] not null,
  high real[] not null,
  counts smallint[],
  constraint sample_minute_pkey primary key (series_id, at)
) partition by range (at);

create table sample_ten_minutes (
  at timestamptz(6) not null,
  series_id int not null,
  n smallint not null,
  mean real[] not null,
  low real[] not null,
  high real[] not null,
  counts smallint[],
  constraint sample_ten_minutes_pkey primary key (series_id, at)
) partition by range (at);

create table sample_hour (
  at timestamptz(6) not null,
  series_id int not null,
  n smallint not null,
  mean real[] not null,
  low real[] not null,
  high real[] not null,
  counts smallint[],
  constraint sample_hour_pkey primary key (series_id, at)
) partition by range (at);

create table sample_day (
  at timestamptz(6) not null,
  series_id int not null,
  n smallint not null,
  mean real[] not null,
  low real[] not null,
  high real[] not null,
  counts smallint[],
  constraint sample_day_pkey primary key (series_id, at)
) partition by range (at);

-- Up to where each roll-up is made.
create table sample_roll_up (
  resolution text not null,
  done_until timestamptz(6) not null,
  constraint sample_roll_up_pkey primary key (resolution)
);

-- Hours that samples came late for: their roll-ups are made anew.
create table sample_late (
  hour timestamptz(6) not null,
  constraint sample_late_pkey primary key (hour)
);
