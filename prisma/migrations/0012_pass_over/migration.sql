-- On the way back of a recovery a node that does not answer is passed over only where a person says so.
alter table operation_decision drop constraint operation_decision_way_known;
alter table operation_decision
  add constraint operation_decision_way_known check (way in ('commit', 'move', 'abandon', 'retry', 'pass', 'leave'));
