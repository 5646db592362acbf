/** Lets the page import what vite bundles besides code: style sheets and fonts. */
/// <reference types="vite/client" />
