import { LayersSkeleton } from '#components/layers/layers-skeleton.tsx'

export default function Loading() {
  return <LayersSkeleton label="Loading traffic" />
}
