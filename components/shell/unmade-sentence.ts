export const unmadeSentence =
  'The console could not make this page. Its own store may be out of reach; it tries again every 5 s.'
