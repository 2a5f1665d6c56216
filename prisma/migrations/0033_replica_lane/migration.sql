-- A replica's new copy takes hours: whoever has to move the lead meanwhile must not wait for it, but two replicas at once are too many.
alter table operation drop constraint operation_lane_known;
alter table operation add constraint operation_lane_known
  check (lane in ('lead', 'backup', 'rehearsal', 'stack', 'pause', 'replica'));
