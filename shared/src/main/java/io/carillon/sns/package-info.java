/** Tells other systems through SNS. */
package io.carillon.sns;
