import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { authorise } from '#app/authorise.ts'
import { Prefetched } from '#app/prefetched.tsx'
import { paths } from '#components/paths.ts'
import { IncidentClient } from './client.tsx'

interface PageProps {
  params: Promise<{ number: string }>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: `Incident ${(await params).number}` }
}

export default async function IncidentPage({ params }: PageProps) {
  const { number: text } = await params
  if (!/^[1-9]\d{0,8}$/u.test(text)) notFound()
  const number = Number(text)
  await authorise(paths.incident(number))
  return (
    <Prefetched fill={(keys, api) => [[keys.incidents.get.queryKey({ number }), () => api.incidents.get({ number })]]}>
      <IncidentClient number={number} />
    </Prefetched>
  )
}
