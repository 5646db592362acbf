/** What the page may load and do: its own files and nothing else. Sent as a header, beside the page's own meta tag. */

export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // Mantine writes <style> elements for its variables. With nothing to connect to, a style cannot carry anything out.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
