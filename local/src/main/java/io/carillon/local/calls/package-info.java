/** Stands between the functions and the AWS services that they call. */
package io.carillon.local.calls;
