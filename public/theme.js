// Sets the theme before the first paint; dark unless this browser chose otherwise.
;(function () {
  var choice = null
  try {
    choice = localStorage.getItem('matriarch-theme')
  } catch {
    // Storage is switched off: the default stands.
  }
  var light = choice === 'light' || (choice === 'system' && matchMedia('(prefers-color-scheme: light)').matches)
  document.documentElement.dataset.theme = light ? 'light' : 'dark'
})()
