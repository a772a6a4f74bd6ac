/** @file The site's own worker, in a window that keeps nothing. */
import './no-caches.ts';
import '../webllm-worker.ts';
