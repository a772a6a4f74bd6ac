/** What mdsvex makes of a Markdown file: a component, and its front matter unchecked. */
declare module '*.md' {
	import type { Component } from 'svelte';

	const Body: Component;
	export default Body;
	export const metadata: unknown;
}
