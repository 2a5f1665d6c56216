/** Every key the console knows, as the list of keys shows them. */
export const keyGroups = [
  {
    title: 'Everywhere',
    keys: [
      { keys: ['Ctrl', 'K'], what: 'Find a page or an act' },
      { keys: ['?'], what: 'List the keys' },
      { keys: ['/'], what: 'Filter what is listed' },
      { keys: ['p'], what: 'Pause or follow the live view' },
      { keys: ['Esc'], what: 'Close, and return to where you were' },
    ],
  },
  {
    title: 'Go to',
    keys: [
      { keys: ['g', 'f'], what: 'Fleet' },
      { keys: ['g', 'e'], what: 'Events, of the open cluster where there is one' },
      { keys: ['g', 'i'], what: 'Alerts and incidents, of the open cluster where there is one' },
      { keys: ['g', 'o'], what: 'Overview of the open cluster' },
      { keys: ['g', 'h'], what: 'History of the open cluster' },
      { keys: ['g', 'p'], what: 'Operations of the open cluster' },
      { keys: ['g', 'a'], what: 'Audit' },
      { keys: ['g', 's'], what: 'Settings' },
    ],
  },
  {
    title: 'In a list',
    keys: [
      { keys: ['↑', '↓'], what: 'Move' },
      { keys: ['Enter'], what: 'Open' },
    ],
  },
  {
    title: 'On an alert or incident',
    keys: [
      { keys: ['k'], what: 'Acknowledge' },
      { keys: ['m'], what: 'Silence' },
    ],
  },
  {
    title: 'On a chart',
    keys: [
      { keys: ['←', '→'], what: 'Move the cursor of all charts, by ten with Shift' },
      { keys: ['Home', 'End'], what: 'Go to the first or the last point' },
      { keys: ['+', '-'], what: 'Show less or more time' },
    ],
  },
] as const
