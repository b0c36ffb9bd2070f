declare module '@vercel/ncc' {
  interface Bundled {
    readonly code: string;
    readonly assets: { readonly [file: string]: { readonly source: string | Buffer } };
  }
  const ncc: (
    input: string,
    options: { readonly quiet: boolean; readonly cache: boolean; readonly license?: string },
  ) => Promise<Bundled>;
  // biome-ignore lint/style/noDefaultExport: that is what the package exports
  export default ncc;
}
