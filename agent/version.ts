/** Version of the agent: that of the console it is built from. */
export const agentVersion = '0.1.0'
