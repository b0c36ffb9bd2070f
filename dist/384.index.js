export const id = 384;
export const ids = [384];
export const modules = {

/***/ 1384:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_SLDYNO54_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3621);
/* harmony import */ var _chunk_EZPOTSEO_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3756);
/* harmony import */ var _chunk_IXSXGH22_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1386);
/* harmony import */ var _chunk_LBCOKIVQ_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7282);
/* harmony import */ var _chunk_4FNJ43JQ_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3641);
/* harmony import */ var _chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9800);
 const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);
process.exit(await (0,_chunk_SLDYNO54_js__WEBPACK_IMPORTED_MODULE_1__.a)(process));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

};
