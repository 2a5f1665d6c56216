import { expect } from '@playwright/test'
import { etcdUrls, haproxyStatisticsUrl, patroniUrls } from '#lab/addresses.ts'
import { labClusterName, labDraft } from './lab-cluster.ts'
import { test } from './signed-in.ts'

// The other tests look at the lab with everything there is, also when this one stopped half-way.
test.afterEach(async ({ rest }) => {
  await rest.changeCluster(labClusterName, labDraft()).catch(() => rest.addCluster(labDraft()))
})

test('a cluster is added by one address; what cannot be added is told and not kept', async ({ page, rest }) => {
  await page.goto('/settings/clusters')
  const table = page.getByRole('table', { name: 'Clusters' })
  await table.getByRole('button', { name: `Remove ${labClusterName}` }).click()
  const dialog = page.getByRole('dialog', { name: `Remove ${labClusterName}` })
  await dialog.getByLabel('Reason').fill('it is added anew')
  await dialog.getByLabel(`Type ${labClusterName} to confirm`).fill(labClusterName)
  await dialog.getByRole('button', { name: `Remove ${labClusterName}` }).click()
  await expect(page.getByText('No cluster is registered yet.')).toBeVisible()

  await page.getByRole('button', { name: 'Add a cluster' }).click()
  const sheet = page.getByRole('dialog', { name: 'Add a cluster' })
  const address = sheet.getByLabel('Address of one Patroni member')
  const find = sheet.getByRole('button', { name: /^(Find its members|Look again)$/ })
  const found = sheet.getByRole('region', { name: 'What was found' })
  const add = sheet.getByRole('button', { name: /^Add / })
  await sheet.getByRole('textbox', { name: 'Name', exact: true }).fill(labClusterName)
  const wrong = [
    { url: 'no-such-host.invalid', says: /resolved/ },
    { url: 'http://10.0.1.10:8009', says: /10\.0\.1\.10:8009/ },
    { url: haproxyStatisticsUrl, says: /Patroni/ },
    { url: 'https://10.0.1.10:8008', says: /TLS|https/ },
  ]
  for (const { url, says } of wrong) {
    await address.fill(url)
    await find.click()
    await expect(address).toHaveAttribute('aria-invalid', 'true', { timeout: 30_000 })
    await expect(address).toHaveAccessibleDescription(says)
    await expect(add).toHaveAttribute('aria-disabled', 'true')
  }

  await address.fill(patroniUrls[0] ?? '')
  await sheet.getByText('etcd, HAProxy, Postgres, credentials, labels').click()
  await sheet.getByRole('region', { name: 'etcd' }).getByLabel('Addresses').fill(etcdUrls.join('\n'))
  await find.click()
  await expect(found.getByRole('list', { name: 'Members' }).getByRole('listitem')).toHaveCount(3, { timeout: 30_000 })
  await add.click()
  await expect(table.getByRole('link', { name: labClusterName, exact: true })).toBeVisible()

  // A second registration of the same database is refused by its system identifier.
  const second = rest.addCluster(labDraft({ name: 'the-same-again' }))
  await expect(second).rejects.toThrow(/system identifier|registered|already/)
  await page.reload()
  await expect(table.getByRole('link')).toHaveCount(1)
})
