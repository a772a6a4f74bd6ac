import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { ledger } from './src/lib/ledger/server/plugin.ts';
import { modelServerCommands } from './src/lib/engine/webllm/download/testing/commands.ts';
import { browserPath, gpuArguments, launchArguments } from './scripts/browser.mjs';

const executablePath = browserPath();

export default defineConfig({
	plugins: [ledger(), sveltekit()],
	worker: { format: 'es' },
	optimizeDeps: { include: ['d3', '@mlc-ai/web-llm'] },
	build: {
		target: 'es2022',
		rolldownOptions: {
			checks: { pluginTimings: false },
			output: {
				codeSplitting: {
					groups: [
						// What nearly every page has: its frame, the tab, numbers with their sources, the stage of an exhibit, and what these
						// need of Svelte. One file of it is smaller than two, and Svelte in a file of its own would be no smaller elsewhere.
						{
							name: 'shared',
							test: /preload-helper|node_modules[\\/]svelte[\\/]src[\\/](index-client|events|motion|reactivity[\\/](media-query|reactive-value|create-subscriber))|src[\\/](lib[\\/](ledger[\\/](Num|card|figure|words)|meter[\\/](TabLine|cards|money|tab|visit)|ui[\\/](?!Figure|Mosaic|NumberField|download|mosaic|number)|exhibits[\\/](Stage|until-touched|run[\\/]pocket\.ts))|routes[\\/](WaysIn|ways))|virtual:ledger[\\/]cards/,
							minShareCount: 2
						},
						// What the page of real models has of it before anything is touched.
						{
							name: 'words',
							test: /src[\\/]lib[\\/](exhibits[\\/](words|scale|run[\\/](writer|Writers|pace))|engine[\\/](size|offline|told|pocket[\\/](summary|manifest)))/,
							minShareCount: 3
						},
						// What is said aloud of an exhibit, how text of strangers is shown, and what starts and hears a worker.
						{
							name: 'heard',
							test: /src[\\/]lib[\\/](exhibits[\\/]run[\\/](Listen|voice|spoken|plain|steady)|engine[\\/](copy|link|pulled-run))/,
							minShareCount: 2
						},
						// The way to the pocket model, and the page's side of its worker.
						{
							name: 'pocket',
							test: /src[\\/]lib[\\/]engine[\\/](doors|pocket[\\/](client|sentences))/
						},
						// What exhibits have that run a model. It comes with the first that is touched.
						{
							name: 'runs',
							test: /src[\\/]lib[\\/](exhibits[\\/](fragment|address|run[\\/](run\.svelte|gate|shown|origin|status|record-of|speeds|here|file-text))|meter[\\/](basis|crossing))/,
							minShareCount: 3
						},
						// What those have besides that show a stream, keep a run and open one.
						{
							name: 'streams',
							test: /src[\\/]lib[\\/]exhibits[\\/](prompts|run[\\/](?!Listen|voice|spoken|plain|steady))/,
							minShareCount: 3
						},
						// What the signature picture has in common with some: apart, or it would bring all of it to them.
						{
							name: 'fields',
							test: /src[\\/]lib[\\/](ui[\\/](NumberField|number)|exhibits[\\/]run[\\/]Head)/,
							minShareCount: 2
						},
						// Formulas that pictures, trainings and bills share: apart, or the signature picture would come with each of them.
						{
							name: 'formulas',
							test: /src[\\/]lib[\\/]meter[\\/]formulas[\\/](quantity|power|cost)/,
							minShareCount: 2
						},
						// The signature picture, whichever model it is of.
						{
							name: 'spike',
							test: /src[\\/]lib[\\/]exhibits[\\/]spike[\\/][\w-]+\.(svelte|svelte\.ts|ts)$/
						},
						// The three pictures of lesson 5 until they are touched: some lines each, and one request instead of three.
						{
							name: 'costs',
							test: /src[\\/]lib[\\/]exhibits[\\/](TrainingLens|TrainingRuns|FinalRun)\.svelte/,
							minShareCount: 2
						},
						// What a training is made of, and how it is kept.
						{
							name: 'training',
							test: /src[\\/]lib[\\/](exhibits[\\/]train[\\/](finished|rate)|engine[\\/]training[\\/]recipe)/,
							minShareCount: 2
						},
						// On the server the catalogue imports lessons, and those wait for exhibits and duels: these stay apart. So do the
						// kinds of guesses that not every lesson has.
						{
							name: 'learn',
							test: /src[\\/]lib[\\/]learn[\\/](?!.*(\.server\.|Among|Order|duels[\\/]))/,
							minShareCount: 4
						}
					]
				}
			}
		}
	},
	test: {
		expect: { requireAssertions: true },
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/**/*.test.ts'],
					exclude: ['src/**/*.svelte.test.ts', '**/*.browser.test.ts']
				}
			},
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['src/**/*.svelte.test.ts', '**/*.browser.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						commands: modelServerCommands,
						provider: playwright({
							launchOptions: {
								args: [...launchArguments, ...gpuArguments],
								...(executablePath ? { executablePath } : {})
							}
						}),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
