/** True for a record of what one person did alone where a policy asks for two. */
export function isBreakGlass(detail: unknown): boolean {
  return typeof detail === 'object' && detail !== null && 'breakGlass' in detail && detail.breakGlass === true
}
