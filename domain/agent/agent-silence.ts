/** Agents are asked every 30 s, in ms: whoever was heard by neither of two looks in a row is not known to be well. */
export const agentHeardMs = 75_000
