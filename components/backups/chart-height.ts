/** Of the charts and of what holds their place while they are loaded. */
export const chartHeight = 'min-h-[493px]'
