-- A statement that holds up others is cancelled beside a backup, but two commands to the same poolers would not agree.
alter table operation drop constraint operation_lane_known;
alter table operation add constraint operation_lane_known
  check (lane in ('lead', 'backup', 'rehearsal', 'stack', 'pause'));
