/** What runs in a window on a folder that nobody trusts. */
import './untrusted.test.js';
