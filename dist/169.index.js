export const id = 169;
export const ids = [169];
export const modules = {

/***/ 7451:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

var node_child_process__WEBPACK_IMPORTED_MODULE_1___namespace_cache;
var node_crypto__WEBPACK_IMPORTED_MODULE_2___namespace_cache;
var node_fs__WEBPACK_IMPORTED_MODULE_3___namespace_cache;
var node_path__WEBPACK_IMPORTED_MODULE_5___namespace_cache;
var node_stream__WEBPACK_IMPORTED_MODULE_6___namespace_cache;
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* reexport fake namespace object from non-harmony */ node_child_process__WEBPACK_IMPORTED_MODULE_1___namespace_cache || (node_child_process__WEBPACK_IMPORTED_MODULE_1___namespace_cache = __webpack_require__.t(node_child_process__WEBPACK_IMPORTED_MODULE_1__, 2))),
/* harmony export */   b: () => (/* reexport fake namespace object from non-harmony */ node_crypto__WEBPACK_IMPORTED_MODULE_2___namespace_cache || (node_crypto__WEBPACK_IMPORTED_MODULE_2___namespace_cache = __webpack_require__.t(node_crypto__WEBPACK_IMPORTED_MODULE_2__, 2))),
/* harmony export */   c: () => (/* reexport fake namespace object from non-harmony */ node_fs__WEBPACK_IMPORTED_MODULE_3___namespace_cache || (node_fs__WEBPACK_IMPORTED_MODULE_3___namespace_cache = __webpack_require__.t(node_fs__WEBPACK_IMPORTED_MODULE_3__, 2))),
/* harmony export */   e: () => (/* reexport fake namespace object from non-harmony */ node_path__WEBPACK_IMPORTED_MODULE_5___namespace_cache || (node_path__WEBPACK_IMPORTED_MODULE_5___namespace_cache = __webpack_require__.t(node_path__WEBPACK_IMPORTED_MODULE_5__, 2))),
/* harmony export */   f: () => (/* reexport fake namespace object from non-harmony */ node_stream__WEBPACK_IMPORTED_MODULE_6___namespace_cache || (node_stream__WEBPACK_IMPORTED_MODULE_6___namespace_cache = __webpack_require__.t(node_stream__WEBPACK_IMPORTED_MODULE_6__, 2)))
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1421);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6760);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7075);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7975);
 const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ }),

/***/ 6169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fs: () => (/* reexport safe */ _chunk_3JH5VZQA_js__WEBPACK_IMPORTED_MODULE_1__.c),
/* harmony export */   path: () => (/* reexport safe */ _chunk_3JH5VZQA_js__WEBPACK_IMPORTED_MODULE_1__.e)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_3JH5VZQA_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7451);
/* harmony import */ var _chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9800);
 const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
