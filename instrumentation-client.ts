/** What Next runs in a page before anything else of ours. */
import '@/lib/runtime/no-eval';
