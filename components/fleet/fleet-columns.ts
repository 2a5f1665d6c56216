/** Where each part of a row stands; on a phone the parts of a row lie below each other, without a table's head. */
export const fleetColumns = [
  'grid items-start gap-x-5',
  'grid-cols-[6.5rem_minmax(8rem,12rem)_minmax(0,1fr)_7.5rem_4.5rem_4rem_8.5rem_5.5rem_3.5rem]',
  'max-[88rem]:grid-cols-[6.5rem_minmax(8rem,12rem)_minmax(0,1fr)_7.5rem_4.5rem_4rem_5.5rem_3.5rem]',
  'max-xl:grid-cols-[6.5rem_minmax(8rem,12rem)_minmax(0,1fr)_4.5rem_3.5rem]',
  'phone:grid-cols-[minmax(0,1fr)_auto] phone:gap-x-3 phone:gap-y-1',
].join(' ')
