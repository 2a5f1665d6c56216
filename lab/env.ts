/** What the environment says about the lab, read once. */
export const env = {
  home: process.env['MATRIARCH_LAB_HOME'] ?? null,
  restPassword: process.env['MATRIARCH_LAB_REST_PASSWORD'] ?? null,
  repository: process.env['MATRIARCH_LAB_REPOSITORY'] ?? null,
  hasWriter: process.env['MATRIARCH_LAB_WRITER'] !== 'off',
}
