export const id = 181;
export const ids = [181];
export const modules = {

/***/ 7282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ B)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9800);
 const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
var x=(0,_chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_1__.b)(g=>{"use strict";var D=(0,_chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_1__.a)("net"),C=(0,_chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_1__.a)("tls"),S=(0,_chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_1__.a)("http"),y=(0,_chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_1__.a)("https"),A=(0,_chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_1__.a)("events"),U=(0,_chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_1__.a)("assert"),H=(0,_chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_1__.a)("util");g.httpOverHttp=R;g.httpsOverHttp=T;g.httpOverHttps=w;g.httpsOverHttps=L;function R(t){var e=new p(t);return e.request=S.request,e}function T(t){var e=new p(t);return e.request=S.request,e.createSocket=E,e.defaultPort=443,e}function w(t){var e=new p(t);return e.request=y.request,e}function L(t){var e=new p(t);return e.request=y.request,e.createSocket=E,e.defaultPort=443,e}function p(t){var e=this;e.options=t||{},e.proxyOptions=e.options.proxy||{},e.maxSockets=e.options.maxSockets||S.Agent.defaultMaxSockets,e.requests=[],e.sockets=[],e.on("free",function(r,u,o,n){for(var s=b(u,o,n),l=0,f=e.requests.length;l<f;++l){var h=e.requests[l];if(h.host===s.host&&h.port===s.port){e.requests.splice(l,1),h.request.onSocket(r);return}}r.destroy(),e.removeSocket(r)})}H.inherits(p,A.EventEmitter);p.prototype.addRequest=function(e,a,r,u){var o=this,n=O({request:e},o.options,b(a,r,u));if(o.sockets.length>=this.maxSockets){o.requests.push(n);return}o.createSocket(n,function(s){s.on("free",l),s.on("close",f),s.on("agentRemove",f),e.onSocket(s);function l(){o.emit("free",s,n)}function f(h){o.removeSocket(s),s.removeListener("free",l),s.removeListener("close",f),s.removeListener("agentRemove",f)}})};p.prototype.createSocket=function(e,a){var r=this,u={};r.sockets.push(u);var o=O({},r.proxyOptions,{method:"CONNECT",path:e.host+":"+e.port,agent:!1,headers:{host:e.host+":"+e.port}});e.localAddress&&(o.localAddress=e.localAddress),o.proxyAuth&&(o.headers=o.headers||{},o.headers["Proxy-Authorization"]="Basic "+new Buffer(o.proxyAuth).toString("base64")),v("making CONNECT request");var n=r.request(o);n.useChunkedEncodingByDefault=!1,n.once("response",s),n.once("upgrade",l),n.once("connect",f),n.once("error",h),n.end();function s(c){c.upgrade=!0}function l(c,i,q){process.nextTick(function(){f(c,i,q)})}function f(c,i,q){if(n.removeAllListeners(),i.removeAllListeners(),c.statusCode!==200){v("tunneling socket could not be established, statusCode=%d",c.statusCode),i.destroy();var m=new Error("tunneling socket could not be established, statusCode="+c.statusCode);m.code="ECONNRESET",e.request.emit("error",m),r.removeSocket(u);return}if(q.length>0){v("got illegal response body from proxy"),i.destroy();var m=new Error("got illegal response body from proxy");m.code="ECONNRESET",e.request.emit("error",m),r.removeSocket(u);return}return v("tunneling connection has established"),r.sockets[r.sockets.indexOf(u)]=i,a(i)}function h(c){n.removeAllListeners(),v(`tunneling socket could not be established, cause=%s
`,c.message,c.stack);var i=new Error("tunneling socket could not be established, cause="+c.message);i.code="ECONNRESET",e.request.emit("error",i),r.removeSocket(u)}};p.prototype.removeSocket=function(e){var a=this.sockets.indexOf(e);if(a!==-1){this.sockets.splice(a,1);var r=this.requests.shift();r&&this.createSocket(r,function(u){r.request.onSocket(u)})}};function E(t,e){var a=this;p.prototype.createSocket.call(a,t,function(r){var u=t.request.getHeader("host"),o=O({},a.options,{socket:r,servername:u?u.replace(/:.*$/,""):t.host}),n=C.connect(0,o);a.sockets[a.sockets.indexOf(r)]=n,e(n)})}function b(t,e,a){return typeof t=="string"?{host:t,port:e,localAddress:a}:t}function O(t){for(var e=1,a=arguments.length;e<a;++e){var r=arguments[e];if(typeof r=="object")for(var u=Object.keys(r),o=0,n=u.length;o<n;++o){var s=u[o];r[s]!==void 0&&(t[s]=r[s])}}return t}var v;process.env.NODE_DEBUG&&/\btunnel\b/.test(process.env.NODE_DEBUG)?v=function(){var t=Array.prototype.slice.call(arguments);typeof t[0]=="string"?t[0]="TUNNEL: "+t[0]:t.unshift("TUNNEL:"),console.error.apply(console,t)}:v=function(){};g.debug=v});var B=(0,_chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_1__.b)((F,N)=>{N.exports=x()});


/***/ }),

/***/ 2562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   getOctokit: () => (/* reexport safe */ _chunk_R4X2FTDK_js__WEBPACK_IMPORTED_MODULE_1__.d)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_R4X2FTDK_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7436);
/* harmony import */ var _chunk_LBCOKIVQ_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7282);
/* harmony import */ var _chunk_4FNJ43JQ_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3641);
/* harmony import */ var _chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9800);
 const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
