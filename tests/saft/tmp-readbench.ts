import { readSaft } from '#worker/saft/saft-reader.ts'
import { chunksOf, unpacked } from '#worker/saft/byte-chunks.ts'
import { readFileSync } from 'node:fs'
const one = readFileSync('/work/shared/standards/saft/examples/synthetic_v1.30_small.xml','utf8')
const i = one.indexOf('<Journal>'), j = one.lastIndexOf('</Journal>')+10
const enc = new TextEncoder()
const head=enc.encode(one.slice(0,i)), body=enc.encode(one.slice(i,j)), tail=enc.encode(one.slice(j))
const N=800
async function* src(){ yield head; for(let k=0;k<N;k++) yield body; yield tail }
for (let round=0;round<3;round++){
const c=process.cpuUsage().user; let tx=0, lines=0
await readSaft(unpacked(src()), r=>{ r.takeParties(); for(const t of r.takeTransactions()){tx++; lines+=t.lines.length} })
const s=(process.cpuUsage().user-c)/1e6, mb=N*body.length/1e6
console.log({tx,lines,mb,s,mbs:mb/s,rss:process.memoryUsage().rss/1e6})
}
