/** All editor tests, in the order in which they run. */
import './languages.test.js';
import './answers.test.js';
import './releases.test.js';
import './who-wins.test.js';
import './explain.test.js';
import './what-if.test.js';
import './detect.test.js';
import './walkthrough.test.js';
import './seeing.test.js';
import './virtual.test.js';
import './server.test.js';
