export const id = 455;
export const ids = [455];
export const modules = {

/***/ 6455:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AvailableToolsLimitExceededError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.ia),
/* harmony export */   BROWSER_MEMBER_NAME_VALUES: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.Ba),
/* harmony export */   Batches: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.ha),
/* harmony export */   COMPUTER_MEMBER_NAME_VALUES: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.Ca),
/* harmony export */   CompactionBlockAmbiguousError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.ja),
/* harmony export */   CompactionBlockMisplacedError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.ka),
/* harmony export */   CompactionContentMismatchError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.la),
/* harmony export */   CompactionIncompleteTurnError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.ma),
/* harmony export */   CompactionNothingToSummarizeError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.na),
/* harmony export */   CompactionSignatureInvalidError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.oa),
/* harmony export */   CompactionTooManyToolReferencesError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.pa),
/* harmony export */   CompactionToolChangesMismatchError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.qa),
/* harmony export */   CompactionUnavailableError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.za),
/* harmony export */   ImageDimensionsTooLargeError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.ra),
/* harmony export */   Messages: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.Aa),
/* harmony export */   ThreadAlreadyContinuedError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.sa),
/* harmony export */   ThreadContinueInFlightError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.ta),
/* harmony export */   ThreadFingerprintMismatchError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.ua),
/* harmony export */   ThreadNotFoundError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.ya),
/* harmony export */   ThreadUnsupportedRequestError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.va),
/* harmony export */   ToolNameConflictError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.wa),
/* harmony export */   ToolReferenceUnresolvedError: () => (/* reexport safe */ _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__.xa)
/* harmony export */ });
/* harmony import */ var node_module__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8995);
/* harmony import */ var _chunk_N4J3TVJT_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3794);
/* harmony import */ var _chunk_ZYPJU3ZG_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3891);
/* harmony import */ var _chunk_7QWMKDIK_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9800);
 const require = (0,node_module__WEBPACK_IMPORTED_MODULE_0__.createRequire)(import.meta.url);



/***/ })

};
