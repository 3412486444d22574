/** Runs before the first paint, so that a page never flashes in the wrong theme. `?theme=` overrules what is stored. */
import { NAMES } from '@/lib/kept';
export const THEME_SCRIPT = `(()=>{
var asked=new URLSearchParams(location.search).get('theme');
try{asked=asked||localStorage.getItem('${NAMES.theme}')}catch(e){/* storage is refused in some frames */}
if(asked!=='light'&&asked!=='dark')asked='auto';
var dark=asked==='dark'||(asked==='auto'&&matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.theme=dark?'dark':'light';
document.documentElement.dataset.themeChoice=asked;
})()`;
